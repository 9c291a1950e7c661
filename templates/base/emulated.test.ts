import { describe, expect, it } from 'vitest'
import { ownColumns } from './files/src/db/emulated.js'

describe('ownColumns', () => {
  it.each([
    [
      'SELECT `C`.`id`, `B`.`pId` FROM `C` WHERE (1=1 AND `C`.`aId` IN (?))',
      'SELECT `C`.`id`, NULL AS `pId` FROM `C` WHERE (1=1 AND `C`.`aId` IN (?))',
    ],
    [
      'SELECT "main"."C"."id", "main"."B"."p, x" FROM "main"."C" WHERE 1=1',
      'SELECT "main"."C"."id", NULL AS "p, x" FROM "main"."C" WHERE 1=1',
    ],
    [
      'SELECT "public"."C"."$&", "public"."B"."pId" FROM "public"."C" WHERE 1=1',
      'SELECT "public"."C"."$&", NULL AS "pId" FROM "public"."C" WHERE 1=1',
    ],
    [
      'SELECT [dbo].[C].[id], [dbo].[B].[pId] FROM [dbo].[C] WHERE 1=1',
      'SELECT [dbo].[C].[id], NULL AS [pId] FROM [dbo].[C] WHERE 1=1',
    ],
  ])('%s', (sql, expected) => {
    expect(ownColumns(sql)).toBe(expected)
  })

  it.each([
    'SELECT `C`.`id` FROM `C` WHERE 1=1',
    'SELECT `t0`.`id`, `t1`.`id` FROM `C` AS `t0` LEFT JOIN `B` AS `t1` ON 1=1 WHERE 1=1',
    'SELECT COUNT(*) FROM (SELECT `C`.`id`, `B`.`id` FROM `C` WHERE 1=1) AS `sub`',
    'UPDATE `C` SET `aId` = ? WHERE `C`.`id` IN (?)',
  ])('leaves %s alone', (sql) => {
    expect(ownColumns(sql)).toBe(sql)
  })
})
