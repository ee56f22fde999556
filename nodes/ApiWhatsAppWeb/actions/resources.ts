import { CHAT } from './chat';
import { CONTACT } from './contact';
import { GROUP } from './group';
import { INSTANCE } from './instance';
import { MESSAGE } from './message';
import type { Resource } from './Operation';
import { WEBHOOK } from './webhook';

/** Everything the node can do. The README's table of operations is generated from it. */
export const RESOURCES: Resource[] = [CHAT, CONTACT, GROUP, INSTANCE, MESSAGE, WEBHOOK];
