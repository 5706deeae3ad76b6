import { SankeyChart } from 'echarts/charts';
import { use } from 'echarts/core';

// Flows are 14 kB that no other chart needs: they come with the first path.
use([SankeyChart]);

export { default } from '../chart-canvas.tsx';
