/**
 * A schema of `count` models in the shape of real ones: ten columns each, a parent, a self relation now and then,
 * an enum for every ten models. Deterministic.
 */
export function syntheticSchema(count: number): string {
  const models = Array.from({ length: count }, (_, index) => model(index, count))
  const enums = Array.from(
    { length: Math.ceil(count / 10) },
    (_, index) => `enum Status${index} {\n  DRAFT\n  ACTIVE\n  CLOSED\n}\n`,
  )
  return [HEAD, ...models, ...enums].join('\n')
}

const HEAD = `datasource db {
  provider = "sqlite"
}

generator client {
  provider = "prisma-client"
  output   = "../src/generated/prisma"
}
`

function model(index: number, count: number): string {
  const parent = index === 0 ? null : Math.floor((index - 1) / 3)
  const children = [1, 2, 3].map((n) => index * 3 + n).filter((child) => child < count)
  return `/// Record of kind ${index}.
model Record${index} {
  id        Int      @id @default(autoincrement())
  code      String   @unique
  title     String
  note      String?
  amount    Decimal  @default(0)
  quantity  Int      @default(1)
  active    Boolean  @default(true)
  status    Status${Math.floor(index / 10)} @default(DRAFT)
  createdAt DateTime @default(now())
  updatedAt DateTime @updatedAt
${parent === null ? '' : `  parentId  Int?\n  parent    Record${parent}? @relation("Tree${index}", fields: [parentId], references: [id])\n`}${children.map((child) => `  children${child} Record${child}[] @relation("Tree${child}")`).join('\n')}
}
`
}
