import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import type { RouteName } from '../../../contract';
import type { ApiClient } from '../transport';

/** What an operation gets to run for one item. */
export interface OperationCall {
	context: IExecuteFunctions;
	itemIndex: number;
	api: ApiClient;
}

/** An item of the output; the router pairs it with its input. */
export type OutputItem = Pick<INodeExecutionData, 'json' | 'binary'>;

/** One operation of the node: what n8n shows of it, and what it does for one item. */
export interface Operation {
	/** Label in the list of operations. */
	name: string;
	/** Stored in workflows: never changes. */
	value: string;
	/** The label n8n lists it under when one searches for a node. */
	action: string;
	description: string;
	/** What it calls first of all; the hosted service has few of them. */
	route: RouteName;
	/** What was attempted, as errors put it: “Could not …”. */
	attempt: string;
	/** Its fields; that they are this operation's is added by toProperties. */
	properties: INodeProperties[];
	/** Rejects with an ApiFailure, which the router turns into n8n's errors. A list is one item for each. */
	execute(call: OperationCall): Promise<OutputItem | OutputItem[]>;
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
