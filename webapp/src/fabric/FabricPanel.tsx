import { LookPanel } from '../looks/LookPanel';
import { useScanner } from '../shell/page-context';
import { FabricOptions } from './FabricOptions';

/** On a wide screen: the fabrics there are, and what is to be chosen of the one on show. */
export default function FabricPanel() {
  const scanner = useScanner();
  return <LookPanel wear={scanner.wear.bind(scanner)} options={<FabricOptions />} />;
}
