import { caches } from './caches/part.ts'
import { documents } from './documents/part.ts'
import type { Part } from './part.ts'
import { commentReaders, readers } from './readers/part.ts'

/** All parts of `npm run interop`, in the order in which they run. */
export const parts: readonly Part[] = [documents, readers, commentReaders, caches]
