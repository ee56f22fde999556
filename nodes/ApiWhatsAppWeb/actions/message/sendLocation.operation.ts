import type { INodeProperties } from 'n8n-workflow';
import { ApiFailure } from '../../transport';
import { recipientField } from '../fields/recipientField';
import { toOptionsField } from '../fields/sendOptions';
import type { Operation, OperationCall } from '../Operation';
import { readRequired, readText } from '../readInput';
import { readRecipient } from '../readRecipient';
import { readSendOptions } from '../readSendOptions';
import { withoutEmpty } from '../withoutEmpty';
import { send } from './send';

interface Angle {
	label: string;
	name: string;
	max: number;
	example: string;
}

const LATITUDE: Angle = { label: 'Latitude', name: 'latitude', max: 90, example: '-23.5505' };
const LONGITUDE: Angle = { label: 'Longitude', name: 'longitude', max: 180, example: '-46.6333' };

/** `POST /api/location` */
export const sendLocation: Operation = {
	name: 'Send Location',
	value: 'sendLocation',
	action: 'Send a location',
	description: 'Send a place on the map to a person or a group',
	route: 'sendLocation',
	attempt: 'send the location',
	properties: [
		recipientField,
		toDegreesField(LATITUDE),
		toDegreesField(LONGITUDE),
		{
			displayName: 'Place Name',
			name: 'placeName',
			type: 'string',
			default: '',
			placeholder: 'e.g. Our shop',
		},
		{
			displayName: 'Address',
			name: 'address',
			type: 'string',
			default: '',
			placeholder: 'e.g. 1 Main Street',
		},
		toOptionsField(),
	],
	async execute(call) {
		const body = {
			number: readRecipient(call),
			latitude: readDegrees(call, LATITUDE),
			longitude: readDegrees(call, LONGITUDE),
			...withoutEmpty({ name: readText(call, 'placeName'), address: readText(call, 'address') }),
			...readSendOptions(call),
		};
		return await send(call, 'sendLocation', { body });
	},
};

/** A text, because a number is never empty in n8n: nobody means 0 by leaving it out. */
function toDegreesField({ label, name, max, example }: Angle): INodeProperties {
	return {
		displayName: label,
		name,
		type: 'string',
		default: '',
		required: true,
		placeholder: `e.g. ${example}`,
		description: `In degrees, from -${max} to ${max}`,
	};
}

function readDegrees(call: OperationCall, { label, name, max, example }: Angle): number {
	const degrees = Number(readRequired(call, name, label));
	if (Math.abs(degrees) <= max) return degrees;
	throw new ApiFailure(`the field “${label}” holds no number from -${max} to ${max}`, {
		hint: `Give degrees with a point, such as ${example}.`,
	});
}
