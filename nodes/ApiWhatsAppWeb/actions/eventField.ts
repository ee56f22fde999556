import type { INodeProperties } from 'n8n-workflow';
import type { EventName } from '../../../contract';

/** `action` is what n8n lists the trigger under when one searches for a node. */
const LABELS: Record<EventName, { name: string; action: string; description: string }> = {
	connected: {
		name: 'Connected',
		action: 'On phone connected',
		description: 'The instance is linked, or back online',
	},
	disconnected: {
		name: 'Disconnected',
		action: 'On phone disconnected',
		description: 'The instance lost its connection',
	},
	received: {
		name: 'Received',
		action: 'On message received',
		description: 'Somebody sent a message to the instance',
	},
	sent: {
		name: 'Sent',
		action: 'On message sent',
		description: 'WhatsApp accepted a message of the instance',
	},
	status: {
		name: 'Status',
		action: 'On status of a message',
		description: 'A message was received, read, played, replied to or deleted, or it failed',
	},
};

/** The choice of one of the five webhook events. */
export const eventField: INodeProperties = {
	displayName: 'Event',
	name: 'event',
	type: 'options',
	options: Object.entries(LABELS).map(([value, label]) => ({ ...label, value })),
	default: 'received',
};
