import type { Site } from '../domain/site.ts'
import { backupSchemas, ofBackups } from './backup.ts'
import { commenterSchemas, ofAddresses, ofPerson } from './commenters.ts'
import { commentSchemas, ofBans, ofClosing, ofComments, ofHistory } from './comments.ts'
import { doctorSchemas, ofDoctor } from './doctor.ts'
import { ofDryRun } from './dry-run.ts'
import { hubSchemas, ofHub } from './hub.ts'
import { importSchemas, ofImports } from './imports.ts'
import { keptCommentSchemas, ofKeptComments } from './kept-comments.ts'
import type { Operation } from './operation.ts'
import { ofDocument, ofMany, ofOne, renaming } from './operations.ts'
import { ofPaths, ofPathsDryRun } from './paths.ts'
import { ofRestored, restoredSchemas } from './restored.ts'
import type { Schema } from './schema.ts'
import { schemas } from './schemas.ts'
import {
  ofArticleShares,
  ofArticleSharesTable,
  ofShare,
  ofShares,
  ofSharesTable,
  shareSchemas,
} from './shares.ts'
import { ofErased, ofSubscriberBackup, subscriberBackupSchemas } from './subscriber-backup.ts'
import { ofSubscriptions, subscriptionsSchemas } from './subscriptions.ts'

/** The version of the API; it changes when an operation changes. */
const apiVersion = '1.0.0'

/** The OpenAPI document of the API. */
export interface Description {
  openapi: string
  info: { title: string; version: string; description: string }
  servers: { url: string }[]
  paths: Record<string, Record<string, Operation>>
  components: { schemas: Record<string, Schema>; securitySchemes: Record<string, unknown> }
}

/**
 * Builds the OpenAPI 3.1 description of the API from the texts of the problems and from the schema that
 * validates articles. Only the description of a site that tells people of articles, by mail or in browsers, has the operations
 * about them, and only that of a site with comments has those about comments.
 */
export function openApiDocument(
  site: Site,
  { tellsPeople, hasComments }: { tellsPeople: boolean; hasComments: boolean },
): Description {
  return {
    openapi: '3.1.1',
    info: {
      title: `${site.title}: publishing`,
      version: apiVersion,
      description:
        'This API saves, reads, lists and withdraws the articles that Kiosque serves as feeds. Every address that answers GET also answers HEAD, and every address answers OPTIONS. Any other method gets a 405 that lists the allowed methods.',
    },
    servers: [{ url: site.url }],
    paths: {
      '/api/articles': ofMany,
      '/api/articles/{slug}': ofOne,
      '/api/dry-run': ofDryRun,
      ...ofImports,
      ...renaming,
      '/api/paths': ofPaths,
      '/api/paths/dry-run': ofPathsDryRun,
      ...ofBackups,
      '/api/restored': ofRestored,
      '/api/share': ofShare,
      '/api/articles/{slug}/shares': ofArticleShares,
      '/api/articles/{slug}/shares.csv': ofArticleSharesTable,
      '/api/shares': ofShares,
      '/api/shares.csv': ofSharesTable,
      ...ofHub,
      ...(tellsPeople && ofPeople),
      ...(hasComments && {
        '/api/comments': ofComments,
        '/api/comments/bans': ofBans,
        '/api/comments/closing': ofClosing,
        '/api/comments/import': ofKeptComments,
        '/api/comments/addresses': ofAddresses,
        '/api/comments/person': ofPerson,
        '/api/comments/{id}': ofHistory,
      }),
      ...ofDoctor,
      '/api/openapi.json': ofDocument,
    },
    components: {
      schemas: {
        ...schemas(),
        ...{ ...backupSchemas, ...importSchemas, ...restoredSchemas, ...shareSchemas },
        ...hubSchemas(),
        ...(tellsPeople && { ...subscriptionsSchemas(), ...subscriberBackupSchemas() }),
        ...(hasComments && { ...commentSchemas(), ...keptCommentSchemas(), ...commenterSchemas() }),
        ...doctorSchemas(),
      },
      securitySchemes: {
        token: {
          type: 'http',
          scheme: 'bearer',
          description:
            'A token of the setting `API_TOKENS`. The scope `read` can read articles and drafts, `moderate` can decide about comments, `publish` can read and write articles, and `admin` can do everything.',
        },
      },
    },
  }
}

/** The operations about the people who are told of articles. */
const ofPeople = {
  '/api/subscriptions': ofSubscriptions,
  '/api/subscriptions/erased': ofErased,
  '/api/subscriptions/backup': ofSubscriberBackup,
}
