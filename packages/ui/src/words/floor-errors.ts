import type { ErrorCode } from '@tongshang/contract';

/** Refusals of the floor, of carriers and of lots: part of `errorWords`. */
export const floorErrors = {
  'fulfilment.not_found': {
    zh: '没有这张履约单',
    en: 'There is no such fulfilment',
  },
  'fulfilment.wrong_state': {
    zh: '履约单现在的状态不能这样做。刷新后看最新状态',
    en: 'The fulfilment is in a state that does not allow this. Refresh to see where it stands',
  },
  'fulfilment.too_late': {
    zh: '包裹已经交出，不能再改。可以等收货后退货',
    en: 'The parcel has left; it can no longer be changed. It can be returned once it arrives',
  },
  'fulfilment.none_open': {
    zh: '没有等待拣货的履约单。请稍后再来',
    en: 'Nothing waits to be picked. Come back later',
  },
  'fulfilment.none_packed': {
    zh: '这家承运商没有已打包的包裹。请先打包',
    en: 'No packed parcel waits for this carrier. Pack first',
  },
  'fulfilment.incomplete': {
    zh: '还有商品没有放进包裹。请继续扫描，或在拣货时报缺',
    en: 'Not everything is in the parcel yet. Scan the rest, or report it short when picking',
  },
  'pick_list.not_found': {
    zh: '没有这张拣货单',
    en: 'There is no such pick list',
  },
  'pick_list.wrong_state': {
    zh: '这张拣货单已经结束。刷新后看最新状态',
    en: 'This pick list is closed already. Refresh to see where it stands',
  },
  'pick_list.exceeds': {
    zh: '缺少的件数多于要拣的件数[：{sku}]。请改小',
    en: 'More short than there was to pick[: {sku}]. Lower it',
  },
  'pack.wrong_sku': {
    zh: '这件不在这张履约单里[：{scanned}]。应放：{expected}',
    en: 'This does not belong into the parcel[: {scanned}]. Expected: {expected}',
  },
  'pack.too_many': {
    zh: '{sku} 放多了：应放 {wanted} 件，已放 {packed} 件',
    en: 'Too many of {sku}: {wanted} wanted, {packed} are in',
  },
  'pack.lot_missing': {
    zh: '{sku} 要扫批次[：应为 {expected}]',
    en: '{sku} needs its lot scanned[: expected {expected}]',
  },
  'pack.wrong_lot': {
    zh: '批次不对[：{lot}]。应为 {expected}',
    en: 'Wrong lot[: {lot}]. Expected {expected}',
  },
  'pack.serial_missing': {
    zh: '{sku} 要逐件扫序列号',
    en: '{sku} needs its serial number scanned, one by one',
  },
  'pack.wrong_serial': {
    zh: '序列号不在本处库存[：{serial}]。请换一件或核对',
    en: 'The serial number is not in stock here[: {serial}]. Take another unit or check it',
  },
  'manifest.not_found': {
    zh: '没有这张交接单',
    en: 'There is no such manifest',
  },
  'pickup.code_unknown': {
    zh: '没有这个提货码。请核对买家手机上的数字',
    en: "There is no such pick-up code. Check the digits on the buyer's phone",
  },
  'pickup.elsewhere': {
    zh: '这个提货码在别的门店取货[：{location}]',
    en: 'This code is for another store[: {location}]',
  },
  'pickup.not_ready': {
    zh: '货还没有备好。请先备货',
    en: 'It is not ready yet. Prepare it first',
  },
  'pickup.code_used': {
    zh: '这个提货码已经用过[：{at}]，货已取走',
    en: 'This code was used already[: {at}]; the goods are gone',
  },
  'carrier.not_found': {
    zh: '没有这家承运商[：{carrier}]',
    en: 'There is no such carrier[: {carrier}]',
  },
  'service.not_found': {
    zh: '没有这项运输服务[：{service}]',
    en: 'There is no such service[: {service}]',
  },
  'service.not_available': {
    zh: '没有运输服务能送到：请核对地区、重量和温层',
    en: 'No service carries this parcel: check region, weight and temperature',
  },
  'parcel.not_found': {
    zh: '没有这个包裹',
    en: 'There is no such parcel',
  },
  'tracking.bad_signature': {
    zh: '轨迹回传的签名不对，没有入账',
    en: 'The tracking report is not signed correctly and was not taken',
  },
  'tracking.unreadable': {
    zh: '轨迹回传的内容读不懂，没有入账',
    en: 'The tracking report cannot be read and was not taken',
  },
  'lot.not_found': { zh: '没有这个批次[：{lot}]', en: 'There is no such lot[: {lot}]' },
  'serial.not_found': { zh: '没有这个序列号[：{serial}]', en: 'There is no such serial number[: {serial}]' },
  'serial.not_in_stock': {
    zh: '序列号 {serial} 不在这里的库存中。请重新扫码',
    en: 'Serial number {serial} is not in stock here. Scan again',
  },
  'serial.not_sold_to_order': {
    zh: '序列号 {serial} 不是这张订单买走的。请核对机身上的号码',
    en: 'Serial number {serial} was not sold with this order. Check the number on the appliance',
  },
  'serial.missing': {
    zh: '请填写退回的序列号[：{sku}][，需要 {wanted} 个]',
    en: 'Give the serial numbers that come back[: {sku}][, {wanted} wanted]',
  },
  'serial.taken': {
    zh: '序列号 {serial} 已在库存中或已售出，不能再入库',
    en: 'Serial number {serial} is in stock or sold already, it cannot come in again',
  },
  'earmark.not_found': { zh: '没有这条预留', en: 'There is no such earmark' },
  'earmark.wrong_state': { zh: '这条预留已结束', en: 'This earmark has ended' },
  'earmark.invalid_window': { zh: '结束时间必须晚于现在和开始时间', en: 'It must end after now and after it starts' },
  'ahead.below_promised': {
    zh: '已预售[ {promised} 件]，上限不能更低',
    en: 'More are sold ahead already[: {promised}]. The limit cannot be lower',
  },
  'ahead.day_passed': { zh: '预售的发货日期不能早于今天', en: 'Units cannot be sold ahead for a day that has passed' },
  'recall.not_found': { zh: '没有这次召回', en: 'There is no such recall' },
  'recall.wrong_state': { zh: '这次召回已结束[（{state}）]', en: 'This recall has ended[ ({state})]' },
  'recall.exists': { zh: '这个批次已在召回[：{number}]', en: 'This lot is being recalled already[: {number}]' },
  'lot.not_usable': {
    zh: '批次不能用了[：{lot}]：已过期、被召回或剩余天数不够。请换一批',
    en: 'The lot can no longer be used[: {lot}]: expired, recalled or too short a life. Take another',
  },
  'calendar.stale': {
    zh: '这个地点的日历刚被别人改过。请看过现在的日历再保存',
    en: 'Somebody has just changed the calendar of this place. Look at it as it is now, then save again',
  },
  'bulk.not_found': { zh: '没有这次批量操作', en: 'There is no such bulk run' },
  'bulk.nothing': { zh: '没有符合条件的订单。换个筛选条件', en: 'No order matches. Change the filters' },
  'bulk.too_many': {
    zh: '一次最多处理 {max} 张订单，现在有 {total} 张。请缩小筛选范围',
    en: 'At most {max} orders at once, there are {total}. Narrow the filters',
  },
  'bulk.wrong_state': { zh: '这次批量操作已经结束', en: 'This bulk run has ended already' },
} as const satisfies Partial<Readonly<Record<ErrorCode, { readonly zh: string; readonly en: string }>>>;
