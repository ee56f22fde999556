import type { INodeProperties } from 'n8n-workflow';
import { recipientField } from '../fields/recipientField';
import { toOptionsField } from '../fields/sendOptions';
import type { Operation } from '../Operation';
import { readNumber, readText } from '../readInput';
import { readRecipient } from '../readRecipient';
import { readSendOptions } from '../readSendOptions';
import { withoutEmpty } from '../withoutEmpty';
import { send } from './send';

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
		toDegreesField('Latitude', 'latitude', 90),
		toDegreesField('Longitude', 'longitude', 180),
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
			latitude: readNumber(call, 'latitude', 'Latitude'),
			longitude: readNumber(call, 'longitude', 'Longitude'),
			...withoutEmpty({ name: readText(call, 'placeName'), address: readText(call, 'address') }),
			...readSendOptions(call),
		};
		return await send(call, 'sendLocation', { body });
	},
};

function toDegreesField(displayName: string, name: string, max: number): INodeProperties {
	return {
		displayName,
		name,
		type: 'number',
		typeOptions: { minValue: -max, maxValue: max, numberPrecision: 7 },
		default: 0,
		required: true,
		description: 'In degrees, such as -23.5505',
	};
}
