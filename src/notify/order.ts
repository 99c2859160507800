// I/O: none; only decides.
import type { Notification } from '../domain/notify.ts'

/**
 * Puts what failed before, and what is for subscribers whose last message failed, after the rest, so that it delays nobody else. Each
 * subscriber keeps the order of what is for it.
 */
export function failingLast(notifications: readonly Notification[]): Notification[] {
  const failing = new Set(
    notifications
      .filter(({ attempts, subscriber }) => attempts > 1 || subscriber.isFailing)
      .map(({ subscriber }) => subscriber.number),
  )
  const place = ({ subscriber }: Notification) => Number(failing.has(subscriber.number))
  return notifications.toSorted((one, other) => place(one) - place(other))
}
