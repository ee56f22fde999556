import type { Readable } from 'node:stream';
import type {
	AutomaticView,
	ChatView,
	ContactView,
	DeliveryView,
	ErrorCode,
	EventName,
	GroupDetails,
	InstanceState,
	MessageView,
	RouteName,
} from '../../contract';
import type { FakeAnswer, SeenFile, SeenRequest } from './HttpFake';

/** What an instance was asked to send, with the fields of its body. */
export interface FakeSent {
	route: RouteName;
	messageId: string;
	file?: SeenFile;
	[field: string]: unknown;
}

export interface FakeMedia {
	bytes: Buffer | Readable;
	headers: Record<string, string>;
}

/** One linked account of the fake, with everything in plain sight. */
export interface FakeInstance {
	id: string;
	name: string;
	apiKey: string;
	state: InstanceState;
	number: string | null;
	lastError: string | null;
	/** What `POST /api/instance/connect` makes of an unlinked instance. */
	stateAfterConnect: InstanceState;
	webhooks: Record<EventName, string | null>;
	sent: FakeSent[];
	/** Answers by Idempotency-Key. */
	answers: Map<string, FakeAnswer>;
	messages: Array<Partial<MessageView> & { messageId: string }>;
	/** Files by messageId. */
	media: Map<string, FakeMedia>;
	chats: ChatView[];
	contacts: ContactView[];
	groups: GroupDetails[];
	deliveries: DeliveryView[];
	settings: AutomaticView;
	about: string;
}

export type FakeHandler = (
	request: SeenRequest,
	instance: FakeInstance,
	param: string,
) => FakeAnswer;

export type FakeHandlers = Partial<Record<RouteName, FakeHandler>>;

/** Thrown by handlers: becomes the error body of the contract. */
export class FakeRefusal extends Error {
	constructor(
		readonly code: ErrorCode,
		readonly hint?: string,
	) {
		super(code);
	}
}
