import { WindowshopError } from '../errors.ts'
import { tensorOf } from './columns.ts'
import type { Manifest, ManifestFile } from './manifest.ts'
import { decodeTensors, type Tensors } from './safetensors.ts'
import { openStrings, type StringColumn } from './string-column.ts'

/** A file that holds columns of the rows `from` up to, not including, `to`. */
export type ItemShard = ManifestFile & { readonly from: number; readonly to: number }

/** The shards of the rows that can be loaded, in row order, and readers for what is in them. */
export interface ItemShards {
  /** The head's rows alone, or all. */
  readonly rows: number
  /** What scoring, masks and arrangement read. */
  readonly table: readonly ItemShard[]
  /** What cards show. */
  readonly display: readonly ItemShard[]
  tensorsOf(shard: ItemShard): Tensors['tensors']
  strings(shards: readonly ItemShard[], name: string): StringColumn
}

/** All tiers where all of their files are there, else the head. */
export function openShards(manifest: Manifest, files: ReadonlyMap<string, Uint8Array>): ItemShards {
  const shardsOf = (...tiers: ManifestFile['tier'][]) =>
    manifest.files.filter((file): file is ItemShard => file.role === 'items' && tiers.includes(file.tier))
  const whole = shardsOf('table', 'display').every(({ url }) => files.has(url))
  const decoded = new Map<string, Tensors['tensors']>()
  const tensorsOf = ({ url }: ItemShard) => {
    const tensors = decoded.get(url) ?? decodeTensors(fileOf(files, url), url).tensors
    decoded.set(url, tensors)
    return tensors
  }
  return {
    rows: whole ? manifest.items : manifest.head,
    table: whole ? shardsOf('head', 'table') : shardsOf('head'),
    display: whole ? shardsOf('head', 'display') : shardsOf('head'),
    tensorsOf,
    strings: (shards, name) =>
      openStrings(
        shards.map((shard) => ({
          lengths: tensorOf(tensorsOf(shard), `${name}.lengths`, Uint16Array, [shard.to - shard.from], shard.url),
          text: tensorOf(tensorsOf(shard), `${name}.text`, Uint8Array, [undefined], shard.url),
        })),
        name,
      ),
  }
}

/** Throws `bundle-unreachable` for a file that is not there. */
export function fileOf(files: ReadonlyMap<string, Uint8Array>, url: string): Uint8Array {
  const bytes = files.get(url)
  if (!bytes) throw new WindowshopError('bundle-unreachable', { where: url, expected: 'the file', got: 'nothing' })
  return bytes
}
