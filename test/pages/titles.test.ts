import { describe, expect, test } from 'vitest'
import { everything, type Selection } from '../../src/domain/selection.ts'
import type { Site } from '../../src/domain/site.ts'
import { renderArticlePage } from '../../src/pages/article/page.tsx'
import { renderFeedPage } from '../../src/pages/feed/page.tsx'
import { renderListPage } from '../../src/pages/list/page.tsx'
import { feedLinkOf, feedLinksOf } from '../../src/pages/parts/feed-links.ts'
import { renderProblemPage } from '../../src/pages/problem/page.tsx'
import { formatNamed } from '../../src/render/formats.ts'
import { renderJson } from '../../src/render/json.ts'
import { renderOpml } from '../../src/render/opml.ts'
import { shareLinks } from '../../src/share/links.ts'
import { sampleArticle, sampleFeed, site, siteWithTexts } from '../render/samples.ts'

const tag: Selection = { path: 'tags/ete', title: 'Été' }
const article = sampleArticle({ title: 'Titre' })
const own: Selection = { path: `articles/${article.slug}`, title: 'Titre' }

/** Returns the title under which the head of a page lists the RSS feed of a selection. */
function listedIn(page: string, site: Site, { path }: Selection): string | undefined {
  const url = feedLinksOf(site, { path }).find(({ title }) => title === 'RSS')?.url
  const links = page.matchAll(/<link rel="alternate"[^>]* title="([^"]*) \(RSS\)" href="([^"]*)">/g)
  return [...links].find(([, , href]) => href === url)?.[1]
}

const listPage = (site: Site, selection: Selection): string =>
  renderListPage({ site, selection, articles: [], feeds: feedLinksOf(site, selection) })

/**
 * The places that show the title of a feed. Each row has the place, the selection of the feed, the title of the
 * feed on the sample site, and a function that returns the title which the place shows on a given site.
 */
const places: [where: string, Selection, title: string, titleIn: (site: Site) => string | undefined][] = [
  [
    'OPML',
    tag,
    'Été — Le Kiosque',
    (site) =>
      / title="([^"]*)" type="rss"/.exec(
        renderOpml(site, [{ folder: 'tags', title: 'Sujets', selections: [tag] }], false),
      )?.[1],
  ],
  [
    'OPML, the feed of all articles',
    everything,
    'Le Kiosque',
    (site) => / title="([^"]*)" type="rss"/.exec(renderOpml(site, [], true))?.[1],
  ],
  [
    'the page of the feed',
    tag,
    'Été — Le Kiosque',
    (site) =>
      /<title>([^<]*)</.exec(
        renderFeedPage({
          ...{ site, selection: tag, articles: [], newest: true, raw: 'https://kiosque.example/x?raw=' },
          ...{ feed: feedLinkOf(site, tag, formatNamed('rss')), feeds: feedLinksOf(site, tag) },
        }),
      )?.[1],
  ],
  [
    'the front page',
    everything,
    'Le Kiosque',
    (site) => listedIn(listPage(site, everything), site, everything),
  ],
  ['the page of a tag', tag, 'Été — Le Kiosque', (site) => listedIn(listPage(site, tag), site, tag)],
  [
    'a page that lists only the feeds of the site',
    everything,
    'Le Kiosque',
    (site) => listedIn(renderProblemPage({ site, status: 404, title: 'x', detail: 'y' }), site, everything),
  ],
  [
    'the page of an article',
    own,
    'Titre — Le Kiosque',
    (site) =>
      listedIn(
        renderArticlePage({
          ...{ site, article, feeds: feedLinksOf(site, own) },
          share: shareLinks({ title: 'Titre', url: 'https://kiosque.example/a' }, article.language),
        }),
        site,
        own,
      ),
  ],
]

describe.for(places)('%s shows the title that the feed has', ([, selection, title, titleIn]) => {
  test('on a site with few texts', () => {
    expect(titleIn(site)).toBe(title)
  })

  test('on a site with all texts', () => {
    const feed = sampleFeed([], { site: siteWithTexts, selection })
    expect(titleIn(siteWithTexts)).toBe(JSON.parse(renderJson(feed)).title)
  })
})
