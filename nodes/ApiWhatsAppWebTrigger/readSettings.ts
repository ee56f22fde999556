import {
	isEventName,
	MESSAGE_TYPES,
	toRecipient,
	type EventName,
	type MessageType,
	type SubscriptionFilters,
} from '../../contract';
import { ApiFailure } from '../ApiWhatsAppWeb/transport';

/** What the user chose; the lists are sorted, so that the same choice is the same text. */
export interface TriggerSettings {
	events: EventName[];
	/** What the runner is told; hosted deliveries are held against it here. */
	filters: Required<Omit<SubscriptionFilters, 'includeGroupChanges'>> & {
		/** Left out unless it is chosen, so that subscriptions of before stay as they are. */
		includeGroupChanges?: true;
	};
	/** Kinds of received messages that start the workflow; none means all but `unknown` and `group_change`. */
	types: MessageType[];
}

/** The contexts of activation and of an incoming webhook both read parameters like this. */
interface ParameterReader {
	getNodeParameter(name: string): unknown;
}

/** Reads the node's fields. Throws an ApiFailure that names what to correct. */
export function readSettings(context: ParameterReader): TriggerSettings {
	const events = toList(context.getNodeParameter('events')).filter(isEventName).sort();
	if (events.length === 0) {
		throw new ApiFailure('No event is chosen', { hint: 'Choose at least one under “Events”.' });
	}
	const options = (context.getNodeParameter('options') ?? {}) as Record<string, unknown>;
	const types = toList(options.types).filter(isMessageType);
	return {
		events,
		filters: {
			chats: readChats(options.chats),
			includeFromMe: options.includeFromMe === true,
			includeGroups: options.includeGroups !== false,
			...(types.includes('group_change') ? { includeGroupChanges: true } : {}),
		},
		types,
	};
}

function toList(value: unknown): unknown[] {
	return Array.isArray(value) ? value : [];
}

function isMessageType(value: unknown): value is MessageType {
	return MESSAGE_TYPES.some((type) => type === value);
}

function readChats(value: unknown): string[] {
	// An expression may give a number.
	const text = typeof value === 'number' ? String(value) : value;
	const texts = typeof text === 'string' ? text.split(/[,;\n]/) : [];
	const given = texts.map((each) => each.trim()).filter((each) => each !== '');
	return [...new Set(given.map(toChat))].sort();
}

function toChat(text: string): string {
	const recipient = toRecipient(text);
	if (recipient) return recipient.jid;
	throw new ApiFailure('“Only These Chats” holds something that is no chat', {
		hint: 'Separate numbers with country code, such as 5554991997181, and IDs of groups ending in @g.us by commas.',
	});
}
