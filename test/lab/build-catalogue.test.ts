import { expect, test } from 'vitest'
import { buildCatalogue } from '../../src/lab/build-catalogue.ts'

test('a broken catalogue is refused with a code, its file and the line', async () => {
  const rows = 'id,title,price\na,Tent,10\nb,"Mug,4\nc,Hat,7\n'
  await expect(buildCatalogue({ text: rows, name: 'goods.csv' })).rejects.toMatchObject({
    code: 'input-row',
    details: { where: 'goods.csv', line: expect.any(Number) },
  })
  const short = buildCatalogue({ text: 'id,title,price\na,Tent\n', name: 'goods.csv' })
  await expect(short).rejects.toMatchObject({ code: 'input-row', details: { line: 2 } })
})
