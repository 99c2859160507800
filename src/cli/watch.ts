/**
 * Loaded into a process before its own program, with `--import`: ends it when the one that started it is gone,
 * however that ended. A server that outlived it would work on a store whose lock nobody holds any more.
 */
const parent = process.ppid

setInterval(() => {
  if (process.ppid !== parent) process.kill(process.pid, 'SIGTERM')
}, 500).unref()
