UPDATE products SET tags = '{"heavy", "a,b", "\"q\""}', class = 'tool', "2nd-hand" = true WHERE sku = 'A-1';
UPDATE employees SET badge = '\x00ff10' WHERE id = 1;
UPDATE payments SET method = '2nd cheque' WHERE id = 2;
INSERT INTO "_labelsToproducts" ("A", "B") VALUES (1, 'A-1'), (2, 'A-1'), (3, 'B/2');
