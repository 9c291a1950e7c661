INSERT INTO countries (code, name, in_union) VALUES
  ('DE', 'Germany', true), ('CH', 'Switzerland', false), ('FR', 'France', true), ('JP', '日本', false);
INSERT INTO addresses (id, street, city, country_code, latitude, longitude) VALUES
  (1, 'Hafenstr. 4', 'Kiel', 'DE', 54.323292, 10.122765), (2, 'Rue d''Or 9', 'Lyon', 'FR', NULL, NULL),
  (3, 'Quai 1', 'Genève', 'CH', 46.204391, 6.143158), (4, 'Hafenstr. 4', 'Bonn', 'DE', -0.000001, 0);
INSERT INTO customers (id, email, name, phone, credit, settings, billing_address_id, delivery_address_id, created_at) VALUES
  ('0b0e7f4a-58a5-4f3c-9d0e-000000000001', 'ada@example.com', 'Ada', '+49 1', 12.50, '{"news": true, "size": [1, 2.5]}', 1, 2, '2024-02-29 12:00:00.123'),
  ('0b0e7f4a-58a5-4f3c-9d0e-000000000002', 'bo@example.com', 'Bo "the" ''O''', NULL, 0, NULL, 3, NULL, '1999-12-31 23:59:59.999'),
  ('0b0e7f4a-58a5-4f3c-9d0e-000000000003', 'cy@example.com', '🚚 Cy', '', 9999999999.99, '[]', 4, 4, '2025-01-01 00:00:00');
INSERT INTO employees (id, name, born, manager_id, salary) VALUES
  (1, 'Root', '1960-01-01', NULL, 1234567890123456.7891), (2, 'Mid', NULL, 1, 0.5), (3, 'Leaf', '2000-02-29', 2, NULL), (4, 'Other', '1970-06-15', 1, 0);
INSERT INTO categories (id, parent_id, title) VALUES (1, NULL, 'All'), (2, 1, 'Tools'), (3, 1, 'Books'), (4, 3, 'Maps');
INSERT INTO labels (id, label) VALUES (1, 'new'), (2, 'heavy'), (3, 'fragile');
INSERT INTO settings (name, value) VALUES ('currency', 'EUR'), ('motto', NULL), ('long', 'line one
line two');
INSERT INTO import_log (line, seen) VALUES ('ignored', '2024-01-01 00:00:00');
INSERT INTO products (sku, title, price, weight, stock) VALUES
  ('A-1', 'Hammer', 12.30, 1.25, 9007199254740993), ('B/2', 'Atlas of "Nowhere"', 0.01, NULL, 0),
  ('C 3', 'Säge', 99999999.99, 0.1, 7), ('D', 'Nail', 0.10, 0.001, 100000);
INSERT INTO product_categories (product_sku, category_id, position) VALUES ('A-1', 2, 1), ('B/2', 3, 1), ('B/2', 4, 2);
INSERT INTO orders (id, customer_id, note)
  WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 130)
  SELECT n.i, c.id, CONCAT('order ', n.i) FROM n JOIN customers c ON c.email = 'ada@example.com';
INSERT INTO orders (id, customer_id, handled_by, status, placed_at, note) VALUES
  (9007199254740995, '0b0e7f4a-58a5-4f3c-9d0e-000000000003', 3, 'returned', '2023-03-26 02:30:00.001', NULL);
UPDATE orders SET status = 'packed', handled_by = 2 WHERE id < 130 AND MOD(id, 3) = 0;
UPDATE orders SET placed_at = '2022-01-01 10:00:00' WHERE id < 130 AND MOD(id, 2) = 0;
INSERT INTO order_lines (order_id, line_no, product_sku, quantity, unit_price)
  SELECT o.id, 1, p.sku, 2, p.price FROM orders o JOIN products p ON p.sku = 'A-1';
INSERT INTO order_lines (order_id, line_no, product_sku, quantity, unit_price)
  SELECT o.id, 2, p.sku, 1, p.price FROM orders o JOIN products p ON p.sku = 'C 3' WHERE MOD(o.id, 5) = 0;
INSERT INTO payments (id, order_id, amount, paid_at) VALUES (9007199254740997, 1, 24.60, '2024-05-05 05:05:05.123'), (2, 2, 0, NULL);
INSERT INTO shipments (tracking_code, shipped_on, leaves_at) VALUES ('T1', '2024-05-06', '13:45:00'), (NULL, '1970-01-01', NULL);
INSERT INTO shipment_lines (shipment_id, order_id, line_no) VALUES (1, 1, 1), (1, 5, 1), (1, 5, 2), (2, 9007199254740995, 1);
