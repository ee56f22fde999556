import type { INodeProperties } from 'n8n-workflow';
import type { EventName } from '../../../contract';

const LABELS: Record<EventName, { name: string; description: string }> = {
	connected: { name: 'Connected', description: 'The instance is linked, or back online' },
	disconnected: { name: 'Disconnected', description: 'The instance lost its connection' },
	received: { name: 'Received', description: 'Somebody sent a message to the instance' },
	sent: { name: 'Sent', description: 'WhatsApp accepted a message of the instance' },
	status: {
		name: 'Status',
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
