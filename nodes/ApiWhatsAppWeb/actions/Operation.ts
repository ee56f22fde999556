import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import type { ApiClient } from '../transport';

/** What an operation gets to run for one item. */
export interface OperationCall {
	context: IExecuteFunctions;
	itemIndex: number;
	api: ApiClient;
}

/** One operation of the node: what n8n shows of it, and what it does for one item. */
export interface Operation {
	/** Label in the list of operations. */
	name: string;
	/** Stored in workflows: never changes. */
	value: string;
	/** The label n8n lists it under when one searches for a node. */
	action: string;
	description: string;
	/** What was attempted, as errors put it: “Could not …”. */
	attempt: string;
	/** Its fields; when they are shown is added by toProperties. */
	properties: INodeProperties[];
	/** Rejects with an ApiFailure, which the router turns into n8n's errors. */
	execute(call: OperationCall): Promise<Pick<INodeExecutionData, 'json' | 'binary'>>;
}

/** Operations about the same thing. */
export interface Resource {
	name: string;
	/** Stored in workflows: never changes. */
	value: string;
	/** Sorted by name, as n8n shows options. */
	operations: Operation[];
	/** Value of the operation that is chosen at first. */
	defaultOperation: string;
}
