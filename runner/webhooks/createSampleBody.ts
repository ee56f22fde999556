import type {
	ChatReference,
	EventEnvelope,
	EventName,
	MessageDetails,
	WebhookBody,
} from '../../contract';

/** Numbers set aside for fiction, so that a sample can never lead to anybody. */
const SAMPLE_NUMBER = '15550001234';
const SAMPLE_MESSAGE_ID = '3EB0SAMPLE0000000000';
const SAMPLE_TEXT = 'This is a sample, sent to test a webhook URL.';

/** A body as the event would have it, marked `test: true`. `nowMs` is Unix milliseconds. */
export function createSampleBody(input: {
	event: EventName;
	eventId: string;
	nowMs: number;
	instanceId: string;
	instanceName: string;
}): WebhookBody {
	const envelope = {
		eventId: input.eventId,
		timestamp: new Date(input.nowMs).toISOString(),
		instanceId: input.instanceId,
		instanceName: input.instanceName,
		test: true,
	} satisfies Partial<EventEnvelope>;
	switch (input.event) {
		case 'sent':
			return {
				message: 'Text sent successfully!',
				messageSent: SAMPLE_TEXT,
				number: SAMPLE_NUMBER,
				messageId: SAMPLE_MESSAGE_ID,
				event: 'sent',
				...envelope,
				...toDetails(true),
			};
		case 'received':
			return {
				messageId: SAMPLE_MESSAGE_ID,
				message: SAMPLE_TEXT,
				number: SAMPLE_NUMBER,
				photo: null,
				video: null,
				senderName: 'Sample Sender',
				whatsappStatus: {
					message: 'Received',
					description: SAMPLE_TEXT,
					title: null,
					url: null,
					groupInvite: null,
				},
				event: 'received',
				...envelope,
				...toDetails(false),
			};
		case 'status':
			return {
				messageId: SAMPLE_MESSAGE_ID,
				number: SAMPLE_NUMBER,
				chat: toChat(),
				status: 'READ',
				whatsappStatus: { message: 'READ' },
				participant: null,
				reason: null,
				event: 'status',
				...envelope,
			};
		case 'connected':
			return {
				status: 'Connected',
				whatsappStatus: { message: 'Connected' },
				event: 'connected',
				...envelope,
			};
		case 'disconnected':
			return {
				status: 'Disconnected',
				whatsappStatus: { message: 'Disconnected' },
				reason: 'connection_lost',
				event: 'disconnected',
				...envelope,
			};
	}
}

function toDetails(fromMe: boolean): MessageDetails {
	return {
		type: 'text',
		chat: toChat(),
		sender: {
			phone: SAMPLE_NUMBER,
			lid: null,
			name: fromMe ? null : 'Sample Sender',
			username: null,
		},
		fromMe,
		isGroup: false,
		quoted: null,
		mentions: [],
		mentionsMe: false,
		media: null,
		viewOnce: false,
		forwarded: false,
		late: false,
		edited: false,
	};
}

/** Of this body alone: whoever gets it may change it. */
function toChat(): ChatReference {
	return {
		id: `${SAMPLE_NUMBER}@s.whatsapp.net`,
		type: 'direct',
		name: null,
		key: 'chat_SampleSampleSampleSamp',
	};
}
