#!/usr/bin/env node
import './needed-node.js'

await import('./kiosque.ts')
