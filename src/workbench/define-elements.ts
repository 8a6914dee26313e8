import { ItemMap } from './mind/item-map.ts'
import { RankList } from './tune/rank-list.ts'
import { ToolPanel } from './tool-panel.ts'

/** The workbench's own custom elements. */
export function defineElements(): void {
  customElements.define('rank-list', RankList)
  customElements.define('item-map', ItemMap)
  customElements.define('tool-panel', ToolPanel)
}
