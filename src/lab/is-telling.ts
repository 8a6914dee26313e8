/** Words that stand in any text; of more letters than two, which are looked at by themselves. */
const everywhere = new Set(
  `about above after again all also and any are because been before being below between both but can did does doing down
   during each even ever every few for from further had has have having her here hers him his how into its itself just like
   made make makes many may more most much must nor not now off once one only other our ours out over own same she should
   since some such than that the their theirs them then there these they this those through too two under until very was
   well were what when where which while who whom why will with without would yet you your yours
   aber alle als auch auf aus bei bis das dem den der des die durch ein eine einem einen einer eines für hat ist kein mit
   nach nicht noch nur oder ohne sich sie sind über und unter vom von vor wie wird zum zur`.split(/\s+/),
)

/** Whether a word says something of an item: no number, no scrap of an alphabet, none that stands in any text. */
export function isTelling(word: string): boolean {
  if (!/\p{L}/u.test(word) || everywhere.has(word)) return false
  // A sign of Chinese is a word; two letters are not.
  return word.length > 2 || !/^[\p{Script=Latin}\p{N}]+$/u.test(word)
}
