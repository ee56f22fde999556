import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { toBinary } from '../../ApiWhatsAppWeb/actions/file/toBinary';
import { ApiFailure, openClient } from '../../ApiWhatsAppWeb/transport';
import { findMedia } from './findMedia';
import { openMedia } from './openMedia';

/** The items with the files of received messages, when the user wants them. */
export async function attachMedia(this: IExecuteFunctions): Promise<INodeExecutionData[]> {
	const options = this.getNodeParameter('options', 0, {});
	const items = this.getInputData();
	if (options.downloadMedia !== true) return items;
	const { binaryPropertyName } = options;
	const property = typeof binaryPropertyName === 'string' ? binaryPropertyName.trim() : '';
	const attached: INodeExecutionData[] = [];
	for (const item of items) attached.push(await attach(this, item, property || 'data'));
	return attached;
}

/** A file that cannot be had is told in the item: the message itself is there and must not get lost. */
async function attach(
	context: IExecuteFunctions,
	item: INodeExecutionData,
	property: string,
): Promise<INodeExecutionData> {
	const media = findMedia(item.json);
	if (!media) return item;
	try {
		const api = await openClient(context, await context.getCredentials('apiWhatsAppWebApi'));
		const download = await openMedia(context, api, media);
		const file = await toBinary(context, download, media);
		return { ...item, binary: { ...item.binary, [property]: file } };
	} catch (error) {
		return { ...item, json: { ...item.json, mediaError: toMediaError(error) } };
	}
}

function toMediaError(error: unknown): IDataObject {
	if (!(error instanceof ApiFailure)) {
		return { message: error instanceof Error ? error.message : String(error) };
	}
	const { message, hint, code = null } = error;
	return { message, hint, code };
}
