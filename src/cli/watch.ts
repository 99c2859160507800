/**
 * Ends its process when the parent process is gone, however that ended. Node loads this file before the
 * process's own program, by `--import`. A server that outlived its parent would write to a store whose lock
 * nobody holds.
 */
const parent = process.ppid

setInterval(() => {
  if (process.ppid !== parent) process.kill(process.pid, 'SIGTERM')
}, 500).unref()
