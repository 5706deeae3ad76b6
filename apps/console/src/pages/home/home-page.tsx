export const loader = () => () => null;
export function Page() {
  return <h1>home</h1>;
}
