import type { IDataObject } from 'n8n-workflow';
import type { SendingRoute } from '../../transport';
import { readFile } from '../file/readFile';
import type { OperationCall, OutputItem } from '../Operation';
import { readRecipient } from '../readRecipient';
import { readSendOptions } from '../readSendOptions';
import { withoutEmpty } from '../withoutEmpty';
import { send } from './send';

/** Sends the file of the item in the field of this name, with its options and these `fields`. */
export async function sendFile(
	call: OperationCall,
	{ route, name, fields = {} }: { route: SendingRoute; name: string; fields?: IDataObject },
): Promise<OutputItem> {
	const body = {
		number: readRecipient(call),
		...withoutEmpty(fields),
		...readSendOptions(call),
	};
	return await send(call, route, { body, file: { name, input: await readFile(call) } });
}
