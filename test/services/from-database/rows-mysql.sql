UPDATE products SET rating = 255, sizes = 's,l', class = 'tool', `2nd-hand` = true, built = 1999 WHERE sku = 'A-1';
UPDATE employees SET badge = X'00FF10' WHERE id = 1;
UPDATE payments SET method = '2nd cheque' WHERE id = 2;
UPDATE customers SET changed_at = '2024-01-02 03:04:05' WHERE phone IS NULL;
INSERT INTO `_labelsToproducts` (A, B) VALUES (1, 'A-1'), (2, 'A-1'), (3, 'B/2');
