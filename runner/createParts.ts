import { MessageRepository } from './messages/MessageRepository';
import type { CreateParts } from './RunnerParts';
import { SessionRegistry } from './sessions/SessionRegistry';
import { Webhooks } from './webhooks/Webhooks';

const DAY_MS = 86_400_000;

/** The real parts: WhatsApp sessions and webhook delivery over one database. */
export const createParts: CreateParts = ({ config, database, logger, registry }) => {
	const { messageTtlDays, whatsappUrl, whatsappRootKey } = config;
	const webhooks = new Webhooks({
		database,
		config: {
			schedule: config.webhookScheduleS,
			allowHttpHosts: config.allowHttpWebhookHosts,
			allowPrivateHosts: config.allowPrivateWebhookHosts,
			embedded: config.embedded,
			ttlDays: messageTtlDays,
		},
		logger: logger.child({ part: 'webhooks' }),
		registry,
	});
	const sessions = new SessionRegistry({
		database,
		outbox: webhooks.outbox,
		config: {
			messageTtlDays,
			...(whatsappUrl !== undefined && { whatsappUrl }),
			...(whatsappRootKey !== undefined && { whatsappRootKey }),
		},
		logger: logger.child({ part: 'sessions' }),
		registry,
	});
	const messages = new MessageRepository(database, messageTtlDays * DAY_MS);
	return { sessions, webhooks, messages };
};
