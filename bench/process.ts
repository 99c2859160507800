import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'

/** The resources that a process has used so far. */
interface Usage {
  cpuMicroseconds: number
  /** Resident memory, in MiB. */
  memory: number
}

const hasProc = existsSync('/proc/self/stat')
/** Microseconds in one unit of Linux's process times, which are hundredths of a second (USER_HZ). */
const tick = 10_000

/**
 * Reads the CPU time and memory of a process from /proc, or from ps on systems without /proc. Returns undefined
 * if the reading fails.
 */
export function usageOf(pid: number): Usage | undefined {
  try {
    return hasProc ? fromProc(pid) : fromPs(pid)
  } catch {
    return undefined
  }
}

function fromProc(pid: number): Usage {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  const [, pages = '0'] = readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')
  return {
    cpuMicroseconds: (Number(fields[11]) + Number(fields[12])) * tick,
    memory: (Number(pages) * 4096) / 1_048_576,
  }
}

function fromPs(pid: number): Usage {
  const [time = '0', kibibytes = '0'] = execFileSync('ps', ['-o', 'time=,rss=', '-p', String(pid)], {
    encoding: 'utf8',
  })
    .trim()
    .split(/\s+/)
  const seconds = time.split(/[:-]/).reduce((sum, part) => sum * 60 + Number(part), 0)
  return { cpuMicroseconds: seconds * 1e6, memory: Number(kibibytes) / 1024 }
}

/** The ids of the running child processes of this process. */
export function children(): number[] {
  try {
    return hasProc ? childrenInProc() : childrenInPs()
  } catch {
    return []
  }
}

const childrenInProc = (): number[] =>
  readdirSync('/proc/self/task').flatMap((task) =>
    readFileSync(`/proc/self/task/${task}/children`, 'utf8').split(' ').filter(Boolean).map(Number),
  )

const childrenInPs = (): number[] =>
  execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' })
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number))
    .flatMap(([pid, parent]) => (parent === process.pid && pid !== undefined ? [pid] : []))
