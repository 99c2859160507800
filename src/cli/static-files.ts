import { statSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './paths.ts'

/** The folders of the static files that the Worker answers: those of the deployed Worker, and those of `npm start`. */
const staticFolders = [join(root, 'public'), join(root, 'fixtures', 'public')]

/** Tells whether one of the folders has a static file at a path, such as `/media/pont.jpg`. */
export function hasStaticFile(path: string, folders: readonly string[] = staticFolders): boolean {
  const name = decoded(path)
  if (name === undefined || !name.startsWith('/media/') || name.split('/').includes('..')) return false
  return folders.some((folder) => statSync(join(folder, name), { throwIfNoEntry: false })?.isFile() === true)
}

function decoded(path: string): string | undefined {
  try {
    const name = decodeURIComponent(path)
    return name.includes('\0') ? undefined : name
  } catch {
    return undefined
  }
}
