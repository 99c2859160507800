import type { FC } from 'hono/jsx'
import type { Attachment } from '../../domain/article.ts'
import { localeOf, wordsIn } from '../../domain/language.ts'
import { absolute, type Site } from '../../domain/site.ts'

interface Files {
  site: Site
  attachments: readonly Attachment[]
  language: string
}

/** Renders the files attached to an article as download links, each with its type, playing time and size. */
export const Attachments: FC<Files> = ({ site, attachments, language }) =>
  attachments.length === 0 ? null : (
    <section class="attachments">
      <h2 class="label">{wordsIn(language).page.attachments}</h2>
      <ul>
        {attachments.map((attachment) => (
          <li>
            <a href={absolute(site, attachment.url)} type={attachment.type} download>
              {attachment.title ?? fileName(attachment)}
            </a>{' '}
            <span class="quiet">{measures(attachment, language)}</span>
          </li>
        ))}
      </ul>
    </section>
  )

/** Describes an attached file, such as `PDF, 1,2 Mo` or `MP3, 4:05, 3,2 Mo`. */
function measures(attachment: Attachment, language: string): string {
  const { bytes, seconds } = attachment
  return [
    /\.(\w{2,4})$/.exec(fileName(attachment))?.[1]?.toUpperCase(),
    seconds && playingTime(seconds),
    bytes && fileSize(bytes, language),
  ]
    .filter(Boolean)
    .join(', ')
}

/** Returns the file name in an attachment's address; a name that cannot be decoded stays percent-encoded. */
function fileName({ url }: Attachment): string {
  const last = new URL(url, 'https://kiosque.invalid/').pathname.split('/').at(-1) ?? ''
  try {
    return decodeURIComponent(last) || url
  } catch {
    return last
  }
}

function playingTime(seconds: number): string {
  const minutes = Math.floor(seconds / 60)
  return `${minutes}:${`${Math.round(seconds % 60)}`.padStart(2, '0')}`
}

function fileSize(bytes: number, language: string): string {
  const [unit, size] = bytes < 1_000_000 ? ['kilobyte', 1000] : ['megabyte', 1_000_000]
  const digits = bytes < 1_000_000 ? 0 : 1
  return new Intl.NumberFormat(localeOf(language), {
    style: 'unit',
    unit: unit as string,
    maximumFractionDigits: digits,
  }).format(Math.max(bytes / (size as number), 1))
}
