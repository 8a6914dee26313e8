import { html } from 'lit'
import type { View } from '../view.ts'
import { shelf } from './shelf.ts'

export const donePage: View = (bench) =>
  html` <header class="page-head done">
      <h1>${bench.texts.done}</h1>
      <p class="note">${bench.texts.doneText}</p>
      <p><a class="button quiet" href="#/">${bench.texts.keepLooking}</a></p>
    </header>
    ${shelf({ placement: 'for-you', title: bench.texts.forYou }, bench)}`
