CREATE TABLE countries (
  code char(2) NOT NULL PRIMARY KEY COMMENT 'Two letters,\nISO 3166.',
  name varchar(80) NOT NULL UNIQUE,
  in_union boolean NOT NULL DEFAULT false
) COMMENT 'Countries we send parcels to.';

CREATE TABLE addresses (
  id int unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY,
  street varchar(120) NOT NULL,
  city varchar(80) NOT NULL,
  country_code char(2) NOT NULL,
  latitude decimal(9,6),
  longitude decimal(9,6),
  FOREIGN KEY (country_code) REFERENCES countries (code) ON UPDATE CASCADE,
  INDEX addresses_city_street (city, street(20))
);

CREATE TABLE customers (
  id char(36) NOT NULL PRIMARY KEY,
  email varchar(190) NOT NULL UNIQUE,
  name text NOT NULL,
  phone varchar(30),
  credit decimal(12,2) NOT NULL DEFAULT 0 COMMENT 'What we owe them. Never "negative" */ here.',
  settings json,
  billing_address_id int unsigned NOT NULL,
  delivery_address_id int unsigned,
  created_at datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
  changed_at timestamp(0) NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP,
  CONSTRAINT customers_billing FOREIGN KEY (billing_address_id) REFERENCES addresses (id),
  CONSTRAINT customers_delivery FOREIGN KEY (delivery_address_id) REFERENCES addresses (id) ON DELETE SET NULL
);

CREATE TABLE employees (
  id int NOT NULL PRIMARY KEY,
  name text NOT NULL,
  born date,
  manager_id int,
  salary decimal(20,4),
  badge varbinary(16) UNIQUE,
  FOREIGN KEY (manager_id) REFERENCES employees (id)
);

CREATE TABLE categories (
  id smallint NOT NULL AUTO_INCREMENT PRIMARY KEY,
  parent_id smallint,
  title varchar(60) NOT NULL,
  UNIQUE (parent_id, title),
  FOREIGN KEY (parent_id) REFERENCES categories (id) ON DELETE CASCADE
);

CREATE TABLE products (
  sku varchar(20) NOT NULL PRIMARY KEY,
  title varchar(200) NOT NULL,
  price decimal(10,2) NOT NULL,
  weight double,
  stock bigint unsigned NOT NULL DEFAULT 0,
  rating tinyint unsigned,
  sizes set('s','m','l'),
  `class` varchar(10),
  `2nd-hand` boolean NOT NULL DEFAULT false,
  built year,
  gross decimal(12,2) GENERATED ALWAYS AS (price * 1.2) STORED,
  FULLTEXT INDEX products_title (title)
) COMMENT '@@auth(public) is no annotation here, only words of the database.';

CREATE TABLE product_categories (
  product_sku varchar(20) NOT NULL,
  category_id smallint NOT NULL,
  position int NOT NULL DEFAULT 0,
  PRIMARY KEY (product_sku, category_id),
  FOREIGN KEY (product_sku) REFERENCES products (sku) ON DELETE CASCADE,
  FOREIGN KEY (category_id) REFERENCES categories (id) ON DELETE CASCADE
);

CREATE TABLE labels (
  id int NOT NULL AUTO_INCREMENT PRIMARY KEY,
  label varchar(40) NOT NULL UNIQUE
);

CREATE TABLE `_labelsToproducts` (
  A int NOT NULL,
  B varchar(20) NOT NULL,
  UNIQUE INDEX `_labelsToproducts_AB_unique` (A, B),
  INDEX `_labelsToproducts_B_index` (B),
  FOREIGN KEY (A) REFERENCES labels (id) ON DELETE CASCADE ON UPDATE CASCADE,
  FOREIGN KEY (B) REFERENCES products (sku) ON DELETE CASCADE ON UPDATE CASCADE
);

CREATE TABLE orders (
  id bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY,
  customer_id char(36) NOT NULL,
  handled_by int,
  status enum('open', 'packed', 'shipped', 'returned') NOT NULL DEFAULT 'open' COMMENT 'Where the order stands.',
  placed_at datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
  note text,
  INDEX orders_status (status),
  FOREIGN KEY (customer_id) REFERENCES customers (id),
  FOREIGN KEY (handled_by) REFERENCES employees (id) ON DELETE SET NULL
);

CREATE TABLE order_lines (
  order_id bigint unsigned NOT NULL,
  line_no smallint NOT NULL,
  product_sku varchar(20) NOT NULL,
  quantity int NOT NULL DEFAULT 1 CHECK (quantity > 0),
  unit_price decimal(10,2) NOT NULL,
  PRIMARY KEY (order_id, line_no),
  FOREIGN KEY (order_id) REFERENCES orders (id) ON DELETE CASCADE,
  FOREIGN KEY (product_sku) REFERENCES products (sku)
);

CREATE TABLE shipments (
  id int NOT NULL AUTO_INCREMENT PRIMARY KEY,
  tracking_code varchar(40) UNIQUE,
  shipped_on date NOT NULL,
  leaves_at time
);

CREATE TABLE shipment_lines (
  shipment_id int NOT NULL,
  order_id bigint unsigned NOT NULL,
  line_no smallint NOT NULL,
  packed boolean NOT NULL DEFAULT true,
  PRIMARY KEY (shipment_id, order_id, line_no),
  FOREIGN KEY (shipment_id) REFERENCES shipments (id) ON DELETE CASCADE,
  CONSTRAINT shipped_line FOREIGN KEY (order_id, line_no) REFERENCES order_lines (order_id, line_no) ON DELETE CASCADE
);

CREATE TABLE payments (
  id bigint NOT NULL PRIMARY KEY,
  order_id bigint unsigned NOT NULL UNIQUE,
  amount decimal(10,2) NOT NULL,
  method enum('card', 'bank transfer', '2nd cheque') NOT NULL DEFAULT 'bank transfer',
  paid_at datetime(6),
  FOREIGN KEY (order_id) REFERENCES orders (id)
);

CREATE TABLE settings (
  name varchar(60) NOT NULL,
  value text,
  UNIQUE INDEX settings_name (name)
);

CREATE TABLE import_log (
  line text,
  seen datetime
);

CREATE VIEW order_totals AS
  SELECT o.id AS order_id, o.status, sum(l.quantity * l.unit_price) AS total, count(*) AS line_count
  FROM orders o JOIN order_lines l ON l.order_id = o.id
  GROUP BY o.id, o.status;
