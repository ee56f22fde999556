import { AddressGuard } from './address';
import { systemClock } from './Clock';
import { InstanceSettings } from './instances/InstanceSettings';
import { createLinkPreview } from './media/preview/createLinkPreview';
import { MediaStore } from './media/MediaStore';
import { MediaReader } from './media/readMediaSource';
import { SignedUrls } from './media/SignedUrls';
import { findFfmpeg } from './media/ffmpeg/findFfmpeg';
import { MessageLookup } from './messages/MessageLookup';
import { MessageRepository } from './messages/MessageRepository';
import { ChatKeyRepository } from './people/ChatKeyRepository';
import { ChatNames } from './people/ChatNames';
import { PeopleLists } from './people/PeopleLists';
import type { CreateParts, MediaParts } from './RunnerParts';
import { Proxies } from './proxy/Proxies';
import { SessionRegistry } from './sessions/SessionRegistry';
import { Webhooks } from './webhooks/Webhooks';

const DAY_MS = 86_400_000;
/** How long a host may take to begin with a file. */
const FETCH_TIMEOUT_MS = 30_000;

/** The real parts: WhatsApp sessions, media and webhook delivery over one database. */
export const createParts: CreateParts = (base) => {
	const { config, database, instances, logger, expiry, registry } = base;
	const { messageTtlDays, whatsappUrl, whatsappRootKey, messagesPerMinute } = config;
	const ttlMs = messageTtlDays * DAY_MS;
	const guardOptions = {
		allowHttpHosts: config.allowHttpWebhookHosts,
		allowPrivateHosts: config.allowPrivateWebhookHosts,
		rules: config.addressRules,
		embedded: config.embedded,
		parentHosts: config.parentWebhookHosts,
		parentCertificate: config.parentCertificate,
	};
	const webhooks = new Webhooks({
		database,
		config: { ...guardOptions, schedule: config.webhookScheduleS, ttlDays: messageTtlDays },
		logger: logger.child({ part: 'webhooks' }),
		registry,
	});
	const guard = new AddressGuard(guardOptions);
	const media = createMedia(base, guard);
	const settings = new InstanceSettings(database, guard);
	const proxies = new Proxies({
		guard,
		ofRunner: config.proxy,
		ofInstance: (id) => settings.proxyOf(id),
	});
	const messages = new MessageRepository(database, ttlMs);
	const toMediaUrl = (instanceId: string, sha256: string) =>
		media.urls.toUrl(`/media/${instanceId}/${sha256}`, systemClock.now() + ttlMs);
	const names = new ChatNames(database);
	const chatName = (instanceId: string, chat: string) => names.nameOf(instanceId, chat);
	const sessions = new SessionRegistry({
		database,
		outbox: webhooks.outbox,
		config: {
			messageTtlDays,
			messagesPerMinute,
			...(whatsappUrl !== undefined && { whatsappUrl }),
			...(whatsappRootKey !== undefined && { whatsappRootKey }),
		},
		media: media.store,
		toMediaUrl,
		settings,
		proxyOf: (id) => proxies.of(id),
		instanceName: (id) => instances.nameOf(id),
		chatName,
		expiry,
		logger: logger.child({ part: 'sessions' }),
		registry,
	});
	const chatKeys = new ChatKeyRepository(database);
	const lookup = new MessageLookup({
		messages,
		clock: expiry,
		toMediaUrl,
		nameOf: chatName,
		keyOf: (instanceId, chat) => chatKeys.keyOf(instanceId, chat),
	});
	const people = new PeopleLists(database);
	return { sessions, webhooks, messages: lookup, media, settings, people };
};

function createMedia(
	{ config, database, baseUrl }: Parameters<CreateParts>[0],
	guard: AddressGuard,
): MediaParts {
	const { dataDir, mediaMaxBytes, mediaQuotaBytes, searchPath } = config;
	let ffmpegPath: Promise<string | null> | undefined;
	const store = new MediaStore({
		dataDir,
		database,
		maxFileBytes: mediaMaxBytes,
		quotaBytes: mediaQuotaBytes,
		clock: systemClock,
	});
	return {
		store,
		reader: new MediaReader({ store, guard, timeoutMs: FETCH_TIMEOUT_MS }),
		urls: new SignedUrls({ dataDir, baseUrl, clock: systemClock }),
		createLinkPreview: (text, turn) => createLinkPreview(text, { guard, turn }),
		findFfmpeg: () => (ffmpegPath ??= findFfmpeg(searchPath)),
	};
}
