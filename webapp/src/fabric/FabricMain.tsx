import { useState } from 'react';
import { LookTray } from '../looks/LookTray';
import { LookPanel } from '../looks/LookPanel';
import { useScanner } from '../shell/page-context';
import { useWide } from '../shell/use-wide';
import { FabricControls } from './FabricControls';
import { FabricOptions } from './FabricOptions';
import { FabricStage } from './FabricStage';
import { Viewfinder } from './Viewfinder';

/** The fabric mode but for the panel: photo and material, on a phone the fabrics below, and the ways in and out. */
export default function FabricMain() {
  const scanner = useScanner();
  const wide = useWide();
  const [finding, setFinding] = useState(false);
  const wear = scanner.wear.bind(scanner);
  const openCamera = () => setFinding(true);
  return (
    <>
      <FabricStage onCamera={openCamera} />
      {!wide && (
        <LookTray wear={wear} panel={<LookPanel wear={wear} options={<FabricOptions />} />} />
      )}
      <FabricControls onCamera={openCamera} />
      {finding && <Viewfinder onClose={() => setFinding(false)} />}
    </>
  );
}
