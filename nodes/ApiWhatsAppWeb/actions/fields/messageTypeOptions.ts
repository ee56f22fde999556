import type { INodePropertyOptions } from 'n8n-workflow';
import type { MessageType } from '../../../../contract';

const LABELS: Record<MessageType, string> = {
	album: 'Album',
	audio: 'Audio',
	button_reply: 'Button Reply',
	call: 'Call',
	contact: 'Contact',
	document: 'Document',
	group_change: 'Group Change',
	image: 'Image',
	list_reply: 'List Reply',
	location: 'Location',
	poll: 'Poll',
	poll_vote: 'Poll Vote',
	reaction: 'Reaction',
	sticker: 'Sticker',
	text: 'Text',
	unknown: 'Unknown',
	video: 'Video',
	voice: 'Voice Note',
};

/** The kinds of messages as choices, sorted by name. */
export const MESSAGE_TYPE_OPTIONS: INodePropertyOptions[] = Object.entries(LABELS).map(
	([value, name]) => ({ name, value }),
);
