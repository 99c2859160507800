import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  bundleComments,
  bundleElement,
  bundlePush,
  renderCommentsModule,
  renderModule,
  renderPushModule,
} from './element-bundle.ts'
import { renderPageStyles } from './page-styles.ts'

const source = join(import.meta.dirname, '..', 'src')

const element = await bundleElement()
writeFileSync(join(source, 'element', 'bundle.ts'), renderModule(element))
writeFileSync(join(source, 'element', 'push', 'bundle.ts'), renderPushModule(await bundlePush()))
writeFileSync(join(source, 'element', 'comments', 'bundle.ts'), renderCommentsModule(await bundleComments()))
writeFileSync(join(source, 'pages', 'bundle.ts'), renderPageStyles(element.styles.text))
