// Plain JavaScript without types, because every version of Node must be able to run this check before it reads TypeScript.
const minVersion = [22, 18]
const present = process.versions.node
const [major, minor] = present.split('.').map(Number)

if (major < minVersion[0] || (major === minVersion[0] && minor < minVersion[1])) {
  console.error(
    `Cannot run: Kiosque needs Node ${minVersion.join('.')} or newer, and this is ${present}; \`npm ci\` brings one for Linux and Windows unless it is told to omit optional dependencies, and elsewhere install it from https://nodejs.org`,
  )
  process.exit(1)
}
