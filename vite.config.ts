import { defineConfig } from 'vite'
import { assemblyscript } from './scripts/assemblyscript-plugin.ts'

export default defineConfig({ plugins: [assemblyscript()] })
