/** The part of the package web-push-testing that the tests use. */
declare module 'web-push-testing/src/PushApiModel.js' {
  export class PushApiModel {
    /** The decrypted messages, by the hash of the browser. */
    messages: Record<string, string[]>
    subscribe(options: { userVisibleOnly: 'true'; applicationServerKey: string }): Promise<{
      endpoint: string
      keys: { p256dh: string; auth: string }
      clientHash: string
    }>
    expireSubscription(clientHash: string): void
  }
}
declare module 'web-push-testing/src/server.js' {
  import type { Server } from 'node:http'
  import type { PushApiModel } from 'web-push-testing/src/PushApiModel.js'
  export default class WebPushTestingServer {
    constructor(model: PushApiModel, port: number)
    _server: Server
    startServer(): void
  }
}
