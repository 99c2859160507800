import type { Image } from '../../domain/article.ts'
import { shortened } from '../../domain/text.ts'
import { imageAt } from './feed-article.ts'
import { titleOf, webAddress } from './values.ts'

/** The elements of Media RSS that can hold pictures. Captions and credits of a group hold for its pictures. */
interface Media extends Said {
  contents?: Content[]
  groups?: (Said & { contents?: Content[] })[]
  thumbnails?: Content[]
}

interface Said {
  description?: { value?: string }
  credits?: { value?: string }[]
}

interface Content extends Said {
  url?: string
  type?: string
  medium?: string
  width?: number
  height?: number
}

const maxCaptionCharacters = 1000
const maxCreditCharacters = 200
/** The most pictures of an item that are looked at. */
const maxPictures = 1000

/**
 * The first picture in Media RSS elements, or else the first thumbnail, with its caption and credit, and the addresses of the other
 * pictures.
 */
export function picturesIn(media: Media | undefined): { image: Image | undefined; pictures: string[] } {
  const contents = [
    ...(media?.contents ?? []).map((content) => ({ ...content, group: undefined })),
    ...(media?.groups ?? []).flatMap((group) =>
      (group.contents ?? []).map((content) => ({ ...content, group })),
    ),
  ]
  const pictures = contents.filter(({ medium, type }) => medium === 'image' || type?.startsWith('image/'))
  const [lead, ...others] = pictures
  const found = lead ?? media?.thumbnails?.[0]
  const image = imageAt(found?.url, found)
  return {
    image: image && lead ? { ...image, ...saidOf(lead, lead.group ?? media) } : image,
    pictures: others.slice(0, maxPictures).flatMap(({ url }) => webAddress(url) ?? []),
  }
}

/** The caption and the credit of a picture, or else those of the elements around it. */
function saidOf(picture: Said, around: Said | undefined): Pick<Image, 'caption' | 'credit'> {
  const text = (of: Said | undefined) => titleOf(of?.description?.value ?? '')
  const names = (of: Said | undefined) =>
    (of?.credits ?? [])
      .map(({ value }) => titleOf(value ?? ''))
      .filter(Boolean)
      .join(', ')
  const caption = shortened(text(picture) || text(around), maxCaptionCharacters)
  const credit = shortened(names(picture) || names(around), maxCreditCharacters)
  return { ...(caption && { caption }), ...(credit && { credit }) }
}
