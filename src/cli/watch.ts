/**
 * This file ends its process when the parent process has ended, for whatever reason. Node loads this file
 * before the process's own program, by the option `--import`. A server that outlived its parent would write to
 * a store that no process has locked any more.
 */
const parent = process.ppid

setInterval(() => {
  if (process.ppid !== parent) process.kill(process.pid, 'SIGTERM')
}, 500).unref()
