import { Controller, Inject } from '@nestjs/common';
import { Handles, type OperationInput, type OperationOutput } from '@plinth/common';
import * as operations from './product.dto.ts';
import { toResponse } from './product.dto.ts';
import { ProductService } from './product.service.ts';

@Controller('api/v1')
export class ProductController {
  readonly #products: ProductService;
  constructor(@Inject(ProductService) products: ProductService) {
    this.#products = products;
  }

  @Handles(operations.createProduct)
  async create({
    tenantId,
    body,
  }: OperationInput<typeof operations.createProduct>): Promise<OperationOutput<typeof operations.createProduct>> {
    return toResponse(await this.#products.create(tenantId, body));
  }

  @Handles(operations.listProducts)
  async list({
    tenantId,
    query,
  }: OperationInput<typeof operations.listProducts>): Promise<OperationOutput<typeof operations.listProducts>> {
    const page = await this.#products.list(tenantId, query.limit, query.cursor);
    return { ...page, data: page.data.map(toResponse) };
  }

  @Handles(operations.getProduct)
  async get({
    tenantId,
    params,
  }: OperationInput<typeof operations.getProduct>): Promise<OperationOutput<typeof operations.getProduct>> {
    return toResponse(await this.#products.get(tenantId, params.productId));
  }

  @Handles(operations.updateProduct)
  async update({
    tenantId,
    params,
    body,
    ifMatch,
  }: OperationInput<typeof operations.updateProduct>): Promise<OperationOutput<typeof operations.updateProduct>> {
    return toResponse(await this.#products.update(tenantId, params.productId, body, ifMatch));
  }
}
