import type { IDataObject } from 'n8n-workflow';
import type { ApiClient } from '../../ApiWhatsAppWeb/transport';
import type { TriggerSettings } from '../readSettings';

/** Everything that registering a trigger at its connection takes. */
export interface Registration {
	api: ApiClient;
	settings: TriggerSettings;
	/** As n8n tells it: usually public, test and production differ. */
	webhookUrl: string;
	/** The part that test and production have in common. */
	webhookPath: string;
	/** Whether it is for a test run in the editor. */
	isTest: boolean;
	/** Kept by n8n with the workflow. */
	staticData: IDataObject;
}

/** How one kind of connection is told where to deliver. */
export interface Registrar {
	/** Whether the connection delivers to us with the present settings. */
	exists(registration: Registration): Promise<boolean>;
	create(registration: Registration): Promise<void>;
	/** Takes back what `create` made, and nothing else. */
	remove(registration: Registration): Promise<void>;
}
