# Rendered by plinth from the platform description. Do not edit: change the description.
variable "SOURCE" {
  default = "."
}
variable "IMAGES" {
  default = "deploy/images"
}
variable "VERSION" {
  default = "1.4.0"
}
variable "REVISION" {
  default = "unknown"
}
variable "SOURCE_DATE_EPOCH" {
  default = "0"
}

group "default" {
  targets = ["account", "audit", "gateway", "iam", "metering", "migrate", "product", "subscription", "tenant"]
}

target "account" {
  context = SOURCE
  dockerfile = "${IMAGES}/account/Dockerfile"
  tags = ["registry.example.com/saas/account:${VERSION}"]
  args = {
    VERSION = VERSION
    REVISION = REVISION
    SOURCE_DATE_EPOCH = SOURCE_DATE_EPOCH
  }
}

target "audit" {
  context = SOURCE
  dockerfile = "${IMAGES}/audit/Dockerfile"
  tags = ["registry.example.com/saas/audit:${VERSION}"]
  args = {
    VERSION = VERSION
    REVISION = REVISION
    SOURCE_DATE_EPOCH = SOURCE_DATE_EPOCH
  }
}

target "gateway" {
  context = SOURCE
  dockerfile = "${IMAGES}/gateway/Dockerfile"
  tags = ["registry.example.com/saas/gateway:${VERSION}"]
  args = {
    VERSION = VERSION
    REVISION = REVISION
    SOURCE_DATE_EPOCH = SOURCE_DATE_EPOCH
  }
}

target "iam" {
  context = SOURCE
  dockerfile = "${IMAGES}/iam/Dockerfile"
  tags = ["registry.example.com/saas/iam:${VERSION}"]
  args = {
    VERSION = VERSION
    REVISION = REVISION
    SOURCE_DATE_EPOCH = SOURCE_DATE_EPOCH
  }
}

target "metering" {
  context = SOURCE
  dockerfile = "${IMAGES}/metering/Dockerfile"
  tags = ["registry.example.com/saas/metering:${VERSION}"]
  args = {
    VERSION = VERSION
    REVISION = REVISION
    SOURCE_DATE_EPOCH = SOURCE_DATE_EPOCH
  }
}

target "migrate" {
  context = SOURCE
  dockerfile = "${IMAGES}/migrate/Dockerfile"
  tags = ["registry.example.com/saas/migrate:${VERSION}"]
  args = {
    VERSION = VERSION
    REVISION = REVISION
    SOURCE_DATE_EPOCH = SOURCE_DATE_EPOCH
  }
}

target "product" {
  context = SOURCE
  dockerfile = "${IMAGES}/product/Dockerfile"
  tags = ["registry.example.com/saas/product:${VERSION}"]
  args = {
    VERSION = VERSION
    REVISION = REVISION
    SOURCE_DATE_EPOCH = SOURCE_DATE_EPOCH
  }
}

target "subscription" {
  context = SOURCE
  dockerfile = "${IMAGES}/subscription/Dockerfile"
  tags = ["registry.example.com/saas/subscription:${VERSION}"]
  args = {
    VERSION = VERSION
    REVISION = REVISION
    SOURCE_DATE_EPOCH = SOURCE_DATE_EPOCH
  }
}

target "tenant" {
  context = SOURCE
  dockerfile = "${IMAGES}/tenant/Dockerfile"
  tags = ["registry.example.com/saas/tenant:${VERSION}"]
  args = {
    VERSION = VERSION
    REVISION = REVISION
    SOURCE_DATE_EPOCH = SOURCE_DATE_EPOCH
  }
}
