CREATE TYPE order_status AS ENUM ('open', 'packed', 'shipped', 'returned');
CREATE TYPE "payment method" AS ENUM ('card', 'bank transfer', '2nd cheque');
COMMENT ON TYPE order_status IS 'Where an order stands.';

CREATE TABLE countries (
  code char(2) PRIMARY KEY,
  name varchar(80) NOT NULL UNIQUE,
  in_union boolean NOT NULL DEFAULT false
);
COMMENT ON TABLE countries IS 'Countries we send parcels to.';
COMMENT ON COLUMN countries.code IS E'Two letters,\nISO 3166.';

CREATE TABLE addresses (
  id serial PRIMARY KEY,
  street varchar(120) NOT NULL,
  city varchar(80) NOT NULL,
  country_code char(2) NOT NULL REFERENCES countries (code) ON UPDATE CASCADE,
  latitude decimal(9,6),
  longitude decimal(9,6)
);
CREATE INDEX addresses_city_street ON addresses (city, street DESC);

CREATE TABLE customers (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  email varchar(190) NOT NULL UNIQUE,
  name text NOT NULL,
  phone varchar(30),
  credit numeric(12,2) NOT NULL DEFAULT 0,
  settings jsonb,
  billing_address_id integer NOT NULL REFERENCES addresses (id),
  delivery_address_id integer REFERENCES addresses (id) ON DELETE SET NULL,
  created_at timestamptz(3) NOT NULL DEFAULT now()
);
COMMENT ON COLUMN customers.credit IS 'What we owe them. Never "negative" */ here.';

CREATE TABLE employees (
  id integer PRIMARY KEY,
  name text NOT NULL,
  born date,
  manager_id integer REFERENCES employees (id),
  salary numeric(20,4),
  badge bytea UNIQUE
);

CREATE TABLE categories (
  id smallserial PRIMARY KEY,
  parent_id smallint REFERENCES categories (id) ON DELETE CASCADE,
  title varchar(60) NOT NULL,
  UNIQUE (parent_id, title)
);

CREATE TABLE products (
  sku varchar(20) PRIMARY KEY,
  title varchar(200) NOT NULL,
  price numeric(10,2) NOT NULL,
  weight double precision,
  stock bigint NOT NULL DEFAULT 0,
  tags text[] NOT NULL DEFAULT '{}',
  "class" varchar(10),
  "2nd-hand" boolean NOT NULL DEFAULT false,
  gross numeric(12,2) GENERATED ALWAYS AS (price * 1.2) STORED
);
COMMENT ON TABLE products IS '@@auth(public) is no annotation here, only words of the database.';
CREATE INDEX products_title ON products USING gin (to_tsvector('simple', title));

CREATE TABLE product_categories (
  product_sku varchar(20) NOT NULL REFERENCES products (sku) ON DELETE CASCADE,
  category_id smallint NOT NULL REFERENCES categories (id) ON DELETE CASCADE,
  position integer NOT NULL DEFAULT 0,
  PRIMARY KEY (product_sku, category_id)
);

CREATE TABLE labels (
  id serial PRIMARY KEY,
  label varchar(40) NOT NULL UNIQUE
);

CREATE TABLE "_labelsToproducts" (
  "A" integer NOT NULL REFERENCES labels (id) ON DELETE CASCADE ON UPDATE CASCADE,
  "B" varchar(20) NOT NULL REFERENCES products (sku) ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT "_labelsToproducts_AB_pkey" PRIMARY KEY ("A", "B")
);
CREATE INDEX "_labelsToproducts_B_index" ON "_labelsToproducts" ("B");

CREATE TABLE orders (
  id bigserial PRIMARY KEY,
  customer_id uuid NOT NULL REFERENCES customers (id),
  handled_by integer REFERENCES employees (id) ON DELETE SET NULL,
  status order_status NOT NULL DEFAULT 'open',
  placed_at timestamp(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  note text
);
CREATE INDEX orders_status ON orders (status);

CREATE TABLE order_lines (
  order_id bigint NOT NULL REFERENCES orders (id) ON DELETE CASCADE,
  line_no smallint NOT NULL,
  product_sku varchar(20) NOT NULL REFERENCES products (sku),
  quantity integer NOT NULL DEFAULT 1 CHECK (quantity > 0),
  unit_price numeric(10,2) NOT NULL,
  PRIMARY KEY (order_id, line_no)
);

CREATE TABLE shipments (
  id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  tracking_code varchar(40) UNIQUE,
  shipped_on date NOT NULL,
  leaves_at time(0)
);

CREATE TABLE shipment_lines (
  shipment_id integer NOT NULL REFERENCES shipments (id) ON DELETE CASCADE,
  order_id bigint NOT NULL,
  line_no smallint NOT NULL,
  packed boolean NOT NULL DEFAULT true,
  PRIMARY KEY (shipment_id, order_id, line_no),
  CONSTRAINT shipped_line FOREIGN KEY (order_id, line_no) REFERENCES order_lines (order_id, line_no) ON DELETE CASCADE
);

CREATE TABLE payments (
  id bigint PRIMARY KEY,
  order_id bigint NOT NULL UNIQUE REFERENCES orders (id),
  amount numeric(10,2) NOT NULL,
  method "payment method" NOT NULL DEFAULT 'bank transfer',
  paid_at timestamptz(6)
);

CREATE TABLE settings (
  name varchar(60) NOT NULL,
  value text,
  CONSTRAINT settings_name UNIQUE (name)
);

CREATE TABLE import_log (
  line text,
  seen timestamp
);

CREATE VIEW order_totals AS
  SELECT o.id AS order_id, o.status, sum(l.quantity * l.unit_price) AS total, count(*) AS line_count
  FROM orders o JOIN order_lines l ON l.order_id = o.id
  GROUP BY o.id, o.status;
COMMENT ON VIEW order_totals IS 'What each order costs.';
