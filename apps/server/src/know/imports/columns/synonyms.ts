import type { imports as contract } from '@tongshang/contract';

type Field = contract.ImportField;

/** How firms head a column, by what it means; the first word of each language is what our own templates and files use. */
export const synonyms: Readonly<Record<Field, readonly string[]>> = {
  sku: [
    '货号', 'SKU', '商品编码', '商品编号', '商品代码', '产品编码', '产品编号', '规格编码', '物料编码', '物料号', '存货编码', '款式编码', 'SKU编码', '商家编码',
    'StockCode', 'Stock Code', 'Item Code', 'Item No', 'Product Code', 'Article', 'Article No', 'Code', 'Material',
  ],
  name: ['品名', 'Name', '商品名称', '产品名称', '商品名', '名称', '货品名称', '存货名称', '标题', '宝贝标题', 'Description', 'Product', 'Product Name', 'Item', 'Item Name', 'Title'],
  style: ['款号', 'Style', '商品款号', '款式', '父SKU', 'SPU', 'SPU编码', '款式编号', 'Style No', 'Parent SKU', 'Handle'],
  nameEn: ['英文名称', 'English name', '英文品名', '英文名', 'Name EN', 'Name (EN)'],
  brand: ['品牌', 'Brand', 'Vendor', '牌子'],
  category: ['类目', 'Category', '分类', '商品分类', '品类', '类别', '商品类目', 'Type', 'Product Type', 'Department'],
  line: ['产品线', 'Product line', '业务线'],
  color: ['颜色', 'Color', 'Colour', '色号', '颜色分类'],
  size: ['尺码', 'Size', '规格', '尺寸', '型号'],
  barcode: ['条码', 'Barcode', '条形码', '国际条码', '商品条码', '69码', 'EAN', 'EAN13', 'UPC', 'GTIN'],
  price: ['单价', 'UnitPrice', '售价', '零售价', '价格', '销售价', '吊牌价', '标价', '销售单价', '成交单价', 'Unit Price', 'Price', 'Retail Price', 'Sale Price', 'List Price', 'Variant Price'],
  cost: ['成本价', 'Cost', '成本', '进价', '进货价', '采购价', '单位成本', 'Unit Cost', 'Cost Price', 'Purchase Price'],
  taxRate: ['税率', 'Tax rate', '增值税率', 'VAT', 'VAT Rate', 'Tax'],
  weight: ['重量(克)', 'Weight (g)', '重量', '毛重', '净重', 'Weight', 'Grams', '克重'],
  shelfLifeDays: ['保质期(天)', 'Shelf life (days)', '保质期', '保质期天数', '有效期天数', 'Shelf Life'],
  summary: ['简介', 'Summary', '卖点', '商品简介', '描述', 'Short Description'],
  state: ['状态', 'State', '商品状态', '上架状态', '是否上架', 'Status'],
  quantity: ['数量', 'Quantity', '库存', '库存数量', '现存量', '可用库存', '库存数', '结存数量', '订购数量', '购买数量', '销售数量', '件数', 'Qty', 'Stock', 'On Hand', 'Units', 'Available'],
  location: ['仓库', 'Location', '库位', '门店', '仓库编码', '仓库代码', '仓库名称', 'Warehouse', 'Store', 'Site'],
  customer: ['客户编号', 'CustomerID', '会员号', '会员编号', '客户编码', '客户代码', '会员卡号', '客户ID', '会员ID', '买家ID', '买家昵称', '买家会员名', 'Customer', 'Customer ID', 'Customer No', 'Customer Code', 'Member ID', 'Buyer'],
  customerName: ['收货人', 'Recipient', '客户名称', '客户姓名', '收件人', '收货人姓名', '买家姓名', 'Customer Name', 'Ship To', 'Buyer Name'],
  phone: ['手机', 'Phone', '电话', '手机号', '手机号码', '联系电话', '联系方式', '收货人手机', '收件人电话', 'Mobile', 'Telephone', 'Tel', 'Cell'],
  email: ['邮箱', 'Email', '电子邮箱', '电子邮件', 'E-mail', 'Mail'],
  region: ['地区', 'Country', '省市区', '省份', '国家', '区域', '所在地区', '收货地区', 'Region', 'Province', 'State/Province', 'City', '城市'],
  address: ['地址', 'Address', '详细地址', '收货地址', '联系地址', 'Street', 'Ship To Address'],
  order: ['订单号', 'InvoiceNo', '订单编号', '单号', '单据号', '单据编号', '销售单号', '出库单号', '发票号', '流水号', '小票号', 'Invoice', 'Invoice No', 'Order', 'Order No', 'Order ID', 'Order Number', 'Receipt No', 'Transaction ID'],
  placedAt: ['下单时间', 'InvoiceDate', '下单日期', '订单时间', '订单日期', '订单创建时间', '单据日期', '销售日期', '日期', '时间', '付款时间', '交易时间', '开票日期', 'Invoice Date', 'Order Date', 'Date', 'Created At', 'Order Time', 'Timestamp', 'Purchase Date'],
  note: ['备注', 'Note', '订单备注', '买家留言', '说明', 'Notes', 'Remark', 'Remarks', 'Comment'],
}; // prettier-ignore

/** The customers' own file calls a person's name by words that mean something else elsewhere. */
export const customerFileNames: readonly string[] = [
  '姓名',
  'Name',
  '客户名称',
  '客户姓名',
  '会员姓名',
  '名称',
  '会员名称',
  '联系人',
  'Customer Name',
  'Full Name',
  'Contact',
];
