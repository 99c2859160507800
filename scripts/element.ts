import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { bundleElement, renderModule } from './element-bundle.ts'

writeFileSync(
  join(import.meta.dirname, '..', 'src', 'element', 'bundle.ts'),
  renderModule(await bundleElement()),
)
