import { randomUUID } from 'node:crypto';
import type { EventName, WebhookBody } from '../../contract';
import type { Clock } from '../Clock';
import type { OutgoingEvent } from '../webhooks/OutboxPort';
import type { ChatKeys } from '../people/ChatKeys';
import type { EventOrigin } from './toEventBody';

const NO_CHAT = { key: '', statements: [] };

interface EventMakerOptions {
	instanceId: string;
	/** Asked at each event: an instance can be renamed. */
	instanceName: () => string;
	clock: Clock;
	/** URL of a stored file. */
	toMediaUrl: (sha256: string) => string;
	/** Name of a chat; null when it is not known. */
	chatName: (chat: string) => string | null;
	chatKeys: Pick<ChatKeys, 'tell'>;
}

/** What the events of one instance have in common. */
export class EventMaker {
	constructor(private readonly options: EventMakerOptions) {}

	/** A new event of this moment in a chat ("" for those of the instance itself). */
	create(
		event: EventName,
		chat: string,
		toBody: (origin: EventOrigin) => WebhookBody,
	): OutgoingEvent {
		const { instanceId, chatKeys } = this.options;
		const { key, statements } = chat === '' ? NO_CHAT : chatKeys.tell(chat);
		return { event, instanceId, chat, statements, toBody: () => toBody(this.origin(key)) };
	}

	private origin(chatKey: string): EventOrigin {
		const { instanceId, instanceName, clock, toMediaUrl, chatName } = this.options;
		return {
			eventId: `evt_${randomUUID()}`,
			timestamp: new Date(clock.now()).toISOString(),
			instanceId,
			instanceName: instanceName(),
			toMediaUrl,
			chatName,
			chatKey,
		};
	}
}
