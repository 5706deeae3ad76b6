import { useSuspenseQuery } from '@tanstack/react-query';
import { createClient, identity, type Permission, RefusedError, type ReplyOf, type Role } from '@tongshang/contract';
import { redirect } from 'react-router';
import { client, q } from './api.ts';

const call = createClient();

export interface Session {
  id: string;
  name: string;
  role: Role;
  permissions: readonly Permission[];
  /** The one store a clerk is limited to. */
  location: string | null;
  /** Whether this house is the demo enterprise. */
  isDemo: boolean;
}

const me = q(identity.getMe);
/** The demo's sign-ins; an ordinary house answers that there is no such page. */
const demo = {
  queryKey: ['demo'],
  staleTime: Infinity,
  queryFn: async () => {
    try {
      return (await call(identity.listDemoSignIns)).items;
    } catch (error) {
      if (error instanceof RefusedError && error.code === 'page.not_found') return [];
      throw error;
    }
  },
};

export const findDemoSignIns = () => client.ensureQueryData(demo);

/** Who works here now; whoever is not staff is sent to sign in and comes back afterwards. */
export async function requireSession(request: Request): Promise<Session> {
  const [who, signIns] = await Promise.all([client.ensureQueryData(me), findDemoSignIns()]);
  const session = sessionFrom(who, signIns.length > 0);
  if (session !== undefined) return session;
  throw toSignIn(request);
}

/** Who is signed in, for a loader; undefined when nobody is. */
export async function readSession(): Promise<Session | undefined> {
  return sessionFrom(await client.ensureQueryData(me), false);
}

/** The way to the sign-in page and back to what was asked for; who was signed in is forgotten. */
function toSignIn(request: Request): Response {
  client.removeQueries(me);
  const { pathname, search } = new URL(request.url);
  return redirect(`/sign-in?then=${encodeURIComponent(pathname + search)}`);
}

/** Reads what a page needs; a session that ended meanwhile leads to the sign-in page instead of an error. */
export async function readSignedIn<Data>(request: Request, read: () => Data | Promise<Data>): Promise<Data> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof RefusedError && error.code === 'auth.required') throw toSignIn(request);
    throw error;
  }
}

function sessionFrom(
  { kind, id, name, role, permissions, location }: ReplyOf<typeof identity.getMe>,
  isDemo: boolean,
): Session | undefined {
  return kind === 'staff' && role !== null ? { id, name, role, permissions, location, isDemo } : undefined;
}

const nobody: Session = { id: '', name: '', role: 'clerk', permissions: [], location: null, isDemo: false };

export function useSession(): Session {
  const { data: who } = useSuspenseQuery(me);
  const { data: signIns } = useSuspenseQuery(demo);
  return sessionFrom(who, signIns.length > 0) ?? nobody;
}

/** Whether this person holds a right. */
export function useMay(): (right: Permission) => boolean {
  const { permissions } = useSession();
  return (right) => permissions.includes(right);
}

/** Signs in; what the person before has read is forgotten. */
export async function signIn(email: string, password: string): Promise<void> {
  await call(identity.auth.signInStaff, { body: { email, password } });
  client.clear();
}

export async function signOut(): Promise<void> {
  await call(identity.auth.signOutStaff);
  client.clear();
  location.assign('/sign-in');
}
