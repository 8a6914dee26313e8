import type { Plugin } from 'vite'

/** What stands in its module, one after the other, and what takes its place. */
const parts: readonly (readonly [RegExp, string])[] = [
  // Messages by schema and language, settings for all schemas and for each call: nobody here gives any.
  [/ \?\? \/\* @__PURE__ \*\/ getSpecificMessage\([^]*?(?=;)/, ''],
  [/,\n\t\tlang: config\$1\.lang,[^]*?(?=\n\t\};)/, ''],
  [/config\$1\.(abortEarly|abortPipeEarly)/g, 'false'],
  [/, \/\* @__PURE__ \*\/ getGlobalConfig\(config\$1\)/g, ''],
  [/, config\$1\b/g, ''],
  // What other libraries ask a schema for, and what tells its kind to code that takes it apart.
  [/_standardSchema\(\{/g, '({'],
  [/\n\t+(reference: [\w$]+|async: false),/g, ''],
  // Of what is wrong, the keys that lead there, what was expected and what came are told.
  [/\n\t+type: "\w+",\n\t+origin: "\w+",\n\t+input,/g, ''],
  [/\n\t\trequirement: context\.requirement,/, ''],
  // Nobody reads the message where there is something that was expected; a whole number is, in one word.
  [/message: `Invalid \$\{label\}: [^\n]*`,/, 'message: label,'],
  [/ else if \(valueSchema\.fallback !== void 0\) [^\n]*/g, ''],
  // What may be missing is optional, and its default a value.
  [/valueSchema\.type === "exact_optional" \|\| | \|\| valueSchema\.type === "nullish"/g, ''],
  [/valueSchema\.type !== "exact_optional" && | && valueSchema\.type !== "nullish"/g, ''],
  [/typeof schema\.default === "function" \? [^:]*: /, ''],
  // Bounds are numbers.
  [/\w+(\.value)? instanceof Date \? \w+(\.value)?\.toJSON\(\) : /g, ''],
  [/, \{ received: \/\* @__PURE__ \*\/ _stringify\(dataset\.value\) \}/g, ''],
]

/** Leaves out of what is built those parts of valibot that no schema of ours uses. */
export function leanValibot(): Plugin {
  return {
    name: 'windowshop:lean-valibot',
    apply: 'build',
    transform(code, id) {
      if (!id.endsWith('/valibot/dist/index.mjs')) return null
      let left = code
      for (const [part, instead] of parts) {
        if (left.search(part) < 0) throw new Error(`${id} has no ${part} where 1.5 has one`)
        left = left.replace(part, instead)
      }
      return { code: left, map: null }
    },
  }
}
